# gridwatch as an image: built and unit-tested in one stage, then nothing but
# the program and what it loads.
#
#   docker build -t registry.example/gridwatch:0.1.0 \
#       --build-arg REVISION=$(git rev-parse --short=12 HEAD) .
#   docker build --target dev   ...   the simulator beside it (k8s/overlays/dev)
#   docker build --target forge ...   with a shell and git, for a forge's pipeline
#
# Debian 13 "trixie" is the current stable. A tag moves: what is to be built the
# same way again names a digest, --build-arg DEBIAN=trixie-slim@sha256:...
ARG DEBIAN=trixie-slim

FROM debian:${DEBIAN} AS build
WORKDIR /src
# Packages first: they are fetched anew only when bootstrap changes.
COPY bootstrap ./
RUN ./bootstrap packages && \
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
        --no-install-recommends tzdata
COPY . .
ARG REVISION=unknown
RUN make -j"$(nproc)" REVISION="$REVISION" all && \
    make -j"$(nproc)" REVISION="$REVISION" check-unit
RUN scripts/image_root.sh /root-job build/release/gridwatch > /packages && \
    scripts/image_root.sh /root-dev build/release/gridwatch \
        build/release/gridwatch-sim > /dev/null

# For `gridwatch validate` in a forge's pipeline (docs/record.md).
FROM debian:${DEBIAN} AS forge
COPY --from=build /packages /tmp/packages
RUN apt-get -qq update && \
    DEBIAN_FRONTEND=noninteractive xargs -a /tmp/packages apt-get install \
        -y -qq --no-install-recommends ca-certificates git tzdata && \
    rm -rf /var/lib/apt/lists/* /tmp/packages
COPY --from=build /root-job/usr/bin/gridwatch /usr/bin/gridwatch
ENTRYPOINT ["/usr/bin/gridwatch"]
CMD ["help"]

FROM scratch AS dev
COPY --from=build /root-dev/ /
COPY --from=build --chown=65532:65532 /root-dev/data/ /data/
USER 65532:65532
WORKDIR /data
ENTRYPOINT ["/usr/bin/gridwatch"]
CMD ["help"]

# The last stage is what is built unless a target is named. It writes below
# /data and /tmp only: --read-only with these two mounted is enough.
FROM scratch AS job
COPY --from=build /root-job/ /
COPY --from=build --chown=65532:65532 /root-job/data/ /data/
USER 65532:65532
WORKDIR /data
ENTRYPOINT ["/usr/bin/gridwatch"]
CMD ["help"]
