# A static binary in an image that holds nothing else. The data is in the volume /data.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=dev
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /out/chihoi ./cmd/chihoi \
 && mkdir -p /out/data

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/chihoi /usr/local/bin/chihoi
COPY --from=build --chown=65532:65532 /out/data /data
ENV CHIHOI_STORE=bolt:/data/chihoi.db CHIHOI_LISTEN=0.0.0.0:8080
VOLUME /data
EXPOSE 8080
USER 65532:65532
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["/usr/local/bin/chihoi", "healthcheck"]
ENTRYPOINT ["/usr/local/bin/chihoi"]
CMD ["serve"]
