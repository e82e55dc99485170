# Two stages: the first builds with deploy/build.sh (which CI runs as well), the second serves.
FROM python:3.13-slim AS build
RUN useradd --create-home --uid 10001 portal && install --directory --owner portal /app
USER portal
WORKDIR /app
COPY --chown=portal . .
RUN sh deploy/build.sh

FROM python:3.13-slim
RUN useradd --no-create-home --uid 10001 portal && install --directory --owner portal --mode 0700 /data \
    && install --directory --owner portal --mode 0755 /data/attachments
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DATA_DIR=/data \
    HASHED_STATIC=1 \
    WEB_CONCURRENCY=3
USER portal
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["python", "deploy/alive.py"]
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm", "portal.wsgi"]
