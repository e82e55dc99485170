"""Everything that may differ between two installations comes from the environment (see .env.example)."""

from email.utils import parseaddr
from pathlib import Path
from urllib.parse import quote, urlsplit

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from redis.backoff import NoBackoff
from redis.retry import Retry

from portal import env, tile_source

BASE_DIR = Path(__file__).resolve().parent.parent

# ── Place ────────────────────────────────────────────────────────────────────

DATA_DIR = env.folder("DATA_DIR", BASE_DIR / "var")
PORT = env.number("PORT", 8000, least=1, most=65535)
SITE_URL_GIVEN = bool(env.text("SITE_URL"))
SITE_URL = env.web_address("SITE_URL", f"http://127.0.0.1:{PORT}")
SITE_HOST = urlsplit(SITE_URL).hostname
LOOPBACK = SITE_HOST in {"localhost", "127.0.0.1", "::1"}
HTTPS = SITE_URL.startswith("https:")

DEBUG = env.flag("DEBUG")
DEMO = env.flag("DEMO")
SINGLE_HOST = env.flag("SINGLE_HOST")
SECRET_KEY = env.secret("SECRET_KEY", DATA_DIR / "secret-key" if LOOPBACK else None)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"] if LOOPBACK else [SITE_HOST]
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0, most=10)

# ── The portal's own rules ───────────────────────────────────────────────────

MINIMUM_AGE = env.number("MINIMUM_AGE", 16, least=0, most=99)
UNCONFIRMED_DAYS = 7
BARRIER_ANSWER_DAYS = 30  # § 12b BGG: one month; 30 days is never longer
# A map for the points of ideas. Without TILE_URL there is none, and browsers are sent to no foreign host.
TILE_URL = env.text("TILE_URL")
TILE_ATTRIBUTION = env.text("TILE_ATTRIBUTION")
TILE_ORIGIN = tile_source.origin_of(TILE_URL)

# ── The house ────────────────────────────────────────────────────────────────

INSTALLED_APPS = [
    "participation",
    "notifications",
    "portal.apps.PortalConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_filters",
    "drf_spectacular",
    "rest_framework",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.programs.ForPrograms",
    "portal.middleware.PlainRequests",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.middleware.ChosenLanguage",
    "portal.middleware.RightsAskedOnce",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.middleware.SessionsSeen",
]

ROOT_URLCONF = "portal.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "portal.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "portal.forms.PortalRenderer"

# ── Database ─────────────────────────────────────────────────────────────────

DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{quote(str(DATA_DIR))}/portal.sqlite3")}
SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if SQLITE:
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; "
            "PRAGMA journal_size_limit=27103364; PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY;"
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["CONN_MAX_AGE"] = 60

# ── Cache and queue: the portal serves without them ──────────────────────────

REDIS_URL = env.broker("REDIS_URL", DATA_DIR / "broker.path")
CACHES = {
    "default": {
        "BACKEND": "portal.cache.PatientCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": env.text("CACHE_PREFIX", "allianz"),
        "OPTIONS": {"socket_timeout": 0.2, "socket_connect_timeout": 0.2, "retry": Retry(NoBackoff(), 0)},
    },
    "rows": {
        "BACKEND": "portal.cache.Rows",
        "LOCATION": "cache_rows",
        "TIMEOUT": 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 0.2,
    "socket_connect_timeout": 0.2,
    "max_retries": 0,  # whoever publishes tries once; the worker's own loop goes on for ever
    "global_keyprefix": env.text("QUEUE_PREFIX", "allianz:"),
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 120
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_ROUTES = {"notifications.send_urgent": {"queue": "urgent"}}
CELERY_TIMEZONE = "Europe/Berlin"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat")
CELERY_BEAT_SCHEDULE = {
    # Often: a letter that waits for its mail server (up to 90 s, notifications.sender) goes out within two minutes.
    "sweep": {"task": "notifications.sweep", "schedule": 15.0, "options": {"expires": 15}},
    "attachments": {"task": "participation.prepare_attachments", "schedule": 15.0, "options": {"expires": 15}},
    "publish": {"task": "participation.publish_due", "schedule": 60.0, "options": {"expires": 60}},
    "tidy": {"task": "participation.tidy", "schedule": 3600.0, "options": {"expires": 3600}},
    "remind": {
        "task": "participation.remind",
        "schedule": crontab(hour="7,8,9", minute=0),
        "options": {"expires": 3000},
    },
    "canary": {"task": "notifications.canary", "schedule": 3600.0, "options": {"expires": 3600}},
    "tidy-letters": {"task": "notifications.tidy", "schedule": 3600.0, "options": {"expires": 3600}},
}

# ── E-mail ───────────────────────────────────────────────────────────────────

vars().update(env.mailer("EMAIL_URL", f"file://{quote(str(DATA_DIR))}/mail"))
EMAIL_TIMEOUT = 10
LETTERS_PER_MINUTE = env.number("LETTERS_PER_MINUTE", 0)
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", f"allianzportal@{SITE_HOST if '.' in SITE_HOST else 'allianz.example'}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
CANARY_ADDRESS = env.text("CANARY_ADDRESS", parseaddr(DEFAULT_FROM_EMAIL)[1])
LETTERS_KEPT_DAYS = env.number("LETTERS_KEPT_DAYS", 180, least=1, most=36_500)

# ── Accounts ─────────────────────────────────────────────────────────────────

AUTH_USER_MODEL = "participation.Actor"
AUTHENTICATION_BACKENDS = ["portal.backends.Accounts"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ["email", "display_name"]}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]  # fmt: skip
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_page"
LOGOUT_REDIRECT_URL = "start"

ACCOUNT_ADAPTER = "portal.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "add_email": "portal.account_forms.ChangeAddressForm",
    "change_password": "portal.account_forms.ChangePasswordForm",
    "login": "portal.account_forms.LoginForm",
    "reauthenticate": "portal.account_forms.ReauthenticateForm",
    "reset_password": "portal.account_forms.ResetPasswordForm",
    "reset_password_from_key": "portal.account_forms.NewPasswordForm",
    "set_password": "portal.account_forms.SetPasswordForm",
    "signup": "portal.account_forms.SignupForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"
ACCOUNT_SIGNUP_REDIRECT_URL = "my_page"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "participation.actors.queries.shown_name"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_RATE_LIMITS = {
    "change_email": "10/h/user",
    "change_password": "10/h/user",
    "confirm_email": "3/h/key",
    "login": "30/m/ip",
    "login_failed": "30/h/ip,5/5m/key",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
    "reset_password": "20/h/ip,3/h/key",
    "reset_password_from_key": "20/m/ip",
    "signup": "20/h/ip",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # else nobody with a second factor could change the address
MFA_ADAPTER = "portal.accounts.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "portal.factor_forms.ActivateTOTPForm",
    "add_webauthn": "portal.factor_forms.AddWebAuthnForm",
    "authenticate": "portal.factor_forms.AuthenticateForm",
    "authenticate_webauthn": "portal.factor_forms.AuthenticateWebAuthnForm",
    "edit_webauthn": "portal.factor_forms.EditWebAuthnForm",
    "login_webauthn": "portal.factor_forms.LoginWebAuthnForm",
    "reauthenticate": "portal.factor_forms.ReauthenticateForm",
    "reauthenticate_webauthn": "portal.factor_forms.ReauthenticateWebAuthnForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Allianzportal"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOOPBACK
USERSESSIONS_TRACK_ACTIVITY = True

# ── Sessions and safety ──────────────────────────────────────────────────────

SESSION_COOKIE_AGE = 14 * 24 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no third cookie
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "portal.csrf.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 31536000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_INCLUDE_SUBDOMAINS")
SECURE_HSTS_PRELOAD = env.flag("HSTS_PRELOAD")
# W005 and W021 ask for HSTS on subdomains and preloading: on a municipality's domain that
# locks out its other servers, so both are settings that are off until somebody decides.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_HANDLERS = [
    "portal.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# Of one request: the largest attachment and some words. Of what is larger the words are read and the file is left out,
# up to a limit beyond which nothing is read at all. Each form has its own, smaller limit.
FILE_UPLOAD_MOST = 26 * 1024 * 1024
FILE_UPLOAD_READ_MOST = 60 * 1024 * 1024
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *filter(None, [TILE_ORIGIN])],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# ── Languages and time ───────────────────────────────────────────────────────

LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("German")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "portal/locale"]
TIME_ZONE = "Europe/Berlin"
USE_I18N = USE_TZ = True

# ── Files ────────────────────────────────────────────────────────────────────

STATIC_URL = "/static/"
STATIC_ROOT = env.folder("STATIC_ROOT", BASE_DIR / "build/collected")
STATICFILES_DIRS = [BASE_DIR / "portal/static", BASE_DIR / "build/static"]
HASHED_STATIC = env.flag("HASHED_STATIC")  # the image collects; everywhere else the finders serve
WHITENOISE_USE_FINDERS = not HASHED_STATIC
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
MEDIA_ROOT = env.folder("MEDIA_ROOT", DATA_DIR / "media")
ATTACHMENTS_ROOT = env.folder("ATTACHMENTS_ROOT", DATA_DIR / "attachments")  # served by no static address
X_ACCEL_PREFIX = env.text("X_ACCEL_PREFIX")

# ── API ──────────────────────────────────────────────────────────────────────

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["portal.throttles.AddressThrottle"],
    "DEFAULT_THROTTLE_RATES": {"address": "120/min"},
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "participation.core.api.in_words",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,  # there is JSON only, and “format” is no parameter
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Allianzportal",
    "VERSION": "1",
    "DESCRIPTION": "What everybody can read in the portal, for other programs: read only, JSON, without an account.",
    "SERVERS": [{"url": SITE_URL}],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": True,
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "portal.openapi.complete"],
}

# ── Logs: no personal data, one line a thing ─────────────────────────────────

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "portal.logs.Discreet",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["console"],
        "level": env.choice("LOG_LEVEL", "INFO", ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]),
    },
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "fido2": {"level": "WARNING"},  # it writes down which passkey signed in
    },
}
