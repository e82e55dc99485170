# Two commands: “make run” serves the portal on this machine, “make test” tests it. README.md says more.
.POSIX:
.PHONY: run test lint mutants screenshots letters clean

run:
	@sh deploy/prepare.sh requirements.lock
	@exec .venv/bin/python manage.py up

test:
	@sh deploy/prepare.sh requirements-test.lock
	@exec .venv/bin/python -m pytest -n auto --maxprocesses 8 --maxschedchunk 4 $(ARGS)

lint:
	@sh deploy/prepare.sh requirements-test.lock
	@exec sh deploy/lint.sh

mutants:
	@sh deploy/prepare.sh requirements-test.lock
	@exec .venv/bin/python deploy/mutants.py $(ARGS)

screenshots:
	@sh deploy/prepare.sh requirements-test.lock
	@exec .venv/bin/python deploy/screenshots.py

letters:
	@sh deploy/prepare.sh requirements-test.lock
	@exec .venv/bin/python deploy/letters.py $(ARGS)

clean:
	rm -rf .venv node_modules build
