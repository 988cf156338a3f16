# Stage 1: every dependency, by hash, in one virtual environment.
FROM python:3.11.14-slim-bookworm AS dependencies
WORKDIR /build
RUN python -m venv --without-pip /venv
COPY requirements.lock .
RUN --mount=type=cache,target=/cache \
    pip --cache-dir /cache --python /venv/bin/python install --require-hashes --only-binary :all: --requirement requirements.lock

# Stage 2: that environment and the application; nothing that builds.
FROM python:3.11.14-slim-bookworm
RUN useradd --uid 10001 --no-create-home kerascope && install --directory --owner kerascope /data
COPY --from=dependencies /venv /venv
WORKDIR /kerascope
COPY app app
COPY templates templates
COPY static static

ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    KERASCOPE_DATABASE_URL=sqlite:////data/kerascope.db
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["uvicorn", "--factory", "app.main:create_app", "--host", "0.0.0.0", "--port", "8000"]
