"""How gunicorn serves quizsvc: one process with threads on SQLite, several processes on PostgreSQL."""

import gc
import multiprocessing
import os

from quizsvc.attempts.sweeper import Sweeper
from quizsvc.attempts.trials import wipe_what_is_over
from quizsvc.core import logging
from quizsvc.core.settings import Settings
from quizsvc.item_statistics.counting import count_what_is_new
from quizsvc.sealing.chores import seal_what_is_due

settings = Settings.from_env(os.environ)

wsgi_app = "wsgi:application"
preload_app = True  # the processes share what is imported; connections and threads are made in each of them
bind = "127.0.0.1:8000"  # quizsvc serve names another
# SQLite has one writer, and in-memory rate limits are exact only within one process.
workers = 1 if settings.is_sqlite else max(2, min(8, multiprocessing.cpu_count()))
threads = 16  # more than quizsvc.zalo.client.AT_ONCE, so that waiting for Zalo never takes them all
worker_class = "gthread"
timeout = 30
graceful_timeout = 20
keepalive = 15
max_requests = 0 if settings.is_sqlite else 50_000
max_requests_jitter = 5_000
control_socket_disable = True
forwarded_allow_ips = "127.0.0.1,::1"

logging.configure(pretty=settings.env == "development")


def when_ready(server):
    """What is there before the first fork stays for good: no collection looks at it again, and so it stays shared."""
    gc.collect()
    gc.freeze()


def post_worker_init(worker):
    """Each process sweeps; the database lets only one of them close a row."""
    worker.sweeper = Sweeper(worker.wsgi, chores=[wipe_what_is_over, seal_what_is_due, count_what_is_new])
    worker.sweeper.start()


def worker_exit(server, worker):
    sweeper = getattr(worker, "sweeper", None)
    if sweeper is not None:
        sweeper.stop()
