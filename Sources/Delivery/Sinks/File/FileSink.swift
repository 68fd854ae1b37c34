import SystemFiles

/// A file that takes one record a line: `file:PATH`, or `file:-` for standard output.
package struct FileSink: Sink {
    package static let schemes = ["file"]

    /// The file's path, taken as it stands, without percent decoding.
    package let path: String

    package init(_ url: DestinationURL) throws(DeliveryError) {
        var path = url.rest[...]
        if path.hasPrefix("//") {
            let authority = path.dropFirst(2).prefix { $0 != "/" }
            guard authority.isEmpty || authority == "localhost" else {
                let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
                throw DeliveryError(
                    .invalidURL, "file destination names the host \"\(host)\"; write file:/path or file:///path.")
            }
            path = path.dropFirst(2 + authority.count)
        }
        guard !path.isEmpty else {
            throw DeliveryError(.invalidURL, "file destination has no path; write file:PATH.")
        }
        guard path.last != "/", !path.utf8.contains(0) else {
            throw DeliveryError(.invalidURL, "file destination \"\(path)\" is no file name; write file:PATH.")
        }
        self.path = path == "-" ? "/dev/stdout" : String(path)
    }

    package var description: String { "file:\(path)" }

    package var unfinishedOutput: String? { AtomicFile.partPath(of: path) }

    package func requests(for batch: Batch) -> [OutgoingRequest] { [OutgoingRequest(batch, body: batch.bytes)] }

    package func open(_ options: ShipperOptions) throws(DeliveryError) -> any Carrier { try FileCarrier(path: path) }
}
