import Compression
import Ingester
import SystemFiles

/// Compresses to one gzip member.
func gzip(_ bytes: [UInt8]) -> [UInt8] { GzipCompressor().member(of: bytes) }

/// Runs a receiver on loopback for the time of `body`.
func withReceiver(
    _ configuration: ReceiverConfiguration = ReceiverConfiguration(),
    _ body: (Receiver, HTTPConnection) async throws -> Void
) async throws {
    let receiver = Receiver(configuration: configuration)
    let port = try await receiver.start()
    do {
        try await body(receiver, try await HTTPConnection(port: port))
    } catch {
        try await receiver.stop()
        throw error
    }
    try await receiver.stop()
}

/// The text of a file; nil where there is none.
func contents(of path: String) -> String? { try? InputFile.text(of: path) }
