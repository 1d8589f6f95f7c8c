"""The WSGI application that gunicorn serves."""

import os

from quizsvc import create_app
from quizsvc.core.settings import Settings

application = create_app(Settings.from_env(os.environ))
