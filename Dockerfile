# An image with mocktail alone. It was not built where this project is developed, since no container engine runs there:
# what it does is Scripts/package, which is tested.
#
#     docker build -t mocktail .
#     docker run --rm mocktail demo
#     docker run --rm -p 8088:8088 mocktail ingest --host 0.0.0.0 --port 8088
#     docker run --rm -v "$PWD/out:/data" --user "$(id -u)" mocktail generate quickstart --out /data/quickstart

ARG SWIFT=6.3
FROM swift:${SWIFT}-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends git libyaml-dev python3 zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /mocktail
COPY . .
RUN Scripts/package --out /packed \
    && mkdir /installed \
    && tar -xzf /packed/mocktail-*.tar.gz -C /installed --strip-components 1

FROM debian:bookworm-slim
COPY --from=build /installed /usr/local
RUN useradd --system --create-home --home-dir /data mocktail
USER mocktail
WORKDIR /data
EXPOSE 8088
ENTRYPOINT ["mocktail"]
CMD ["--help"]
