import NIOCore

/// Newline-delimited JSON over HTTP: the body is the batch as it is.
struct NDJSONForm: HTTPForm {
    let headers = [
        (name: "Content-Type", value: "application/x-ndjson"),
        (name: "User-Agent", value: "mocktail"),
    ]
    let isChunked = false

    func body(of batch: Batch) -> ByteBuffer { batch.bytes }
}
