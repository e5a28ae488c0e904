# The record as a container: `docker build -t allies .`, or compose.yaml beside this file.
# tests/house/test_hosting.py runs the collectstatic, gunicorn and healthcheck lines as they stand here.

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
WORKDIR /app
COPY requirements.txt ./
RUN pip install --require-hashes -r requirements.txt
COPY . .
# The files for the browser are collected once, here. The settings ask for a key and for addresses; these are not kept.
RUN SECRET_KEY=only-while-building ALLOWED_HOSTS=localhost EMAIL_HOST=localhost ALLIES_DATA=/tmp/data \
    python manage.py collectstatic --noinput

FROM python:3.13-slim
# What sets the pages of a PDF (WeasyPrint draws with Pango).
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /app --no-create-home --shell /usr/sbin/nologin allies \
    && install -d -o allies -g allies /data
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 ALLIES_HOSTED=1 ALLIES_DATA=/data
WORKDIR /app
USER allies
VOLUME /data
EXPOSE 8000
# Asked by the first name it answers to, for any other would be refused.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import os; from urllib.request import Request, urlopen; name = os.environ['ALLOWED_HOSTS'].split(',')[0].strip(' .*') or 'localhost'; urlopen(Request('http://127.0.0.1:8000/healthz', headers={'Host': name}), timeout=4)"]
CMD ["gunicorn", "allies.wsgi:application", "--bind=0.0.0.0:8000", "--workers=2", "--threads=4", "--worker-tmp-dir=/dev/shm"]
