# The review application in one image: no root, nothing to write to but /data, its own health check. What it needs is
# installed as uv.lock has it, by hash.
FROM python:3.12-slim AS build
WORKDIR /build
COPY pyproject.toml uv.lock README.md LICENSE hatch_build.py ./
COPY src ./src
COPY content ./content
COPY examples ./examples
RUN mkdir /wheels && pip install --no-cache-dir build uv \
    && uv export --quiet --frozen --no-dev --extra web --extra postgres --no-emit-project --output-file /wheels/needed.txt \
    && python -m build --wheel --outdir /wheels .

FROM python:3.12-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends tesseract-ocr \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir --require-hashes --requirement /wheels/needed.txt \
    && pip install --no-cache-dir --no-deps /wheels/*.whl && rm -rf /wheels \
    && useradd --system --uid 10001 --no-create-home indicated \
    && mkdir /data && chown indicated /data
USER indicated
ENV PYTHONDONTWRITEBYTECODE=1
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
ENTRYPOINT ["indicated"]
CMD ["serve", "--host", "0.0.0.0", "--accounts"]
