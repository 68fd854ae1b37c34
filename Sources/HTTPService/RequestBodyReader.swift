import NIOHTTP1
import Compression
package import NIOCore

/// Collects the body of one request, decompressing as it comes.
package struct RequestBodyReader {
    package let limit: Int
    /// The body, decompressed.
    package private(set) var bytes = ByteBuffer()
    /// The size of the body as it came.
    package private(set) var wireBytes = 0
    private let allowance: BodyAllowance

    /// Space is made for so many bytes that a head declares before they come.
    private static let reserved = 4 << 20

    /// Why a body cannot be taken.
    package enum Problem: Error {
        case tooLarge
        case badEncoding
        case badGzip
        /// The connection broke off.
        case incomplete
        /// The bodies of other requests take all the space.
        case crowded
    }

    /// Makes a reader.
    ///
    /// - Parameters:
    ///   - limit: the most bytes, compressed and decompressed.
    ///   - budget: from what the bytes are taken until `release`; nil for no bound over all requests.
    package init(limit: Int, budget: BodyBudget? = nil) {
        self.limit = limit
        allowance = BodyAllowance(budget)
    }

    /// Gives the bytes of the body back to the budget.
    package func release() { allowance.release() }

    /// Reads the whole body.
    package mutating func read(_ request: Request) async throws(Problem) {
        let declared = request.header("Content-Length").flatMap { Int($0) } ?? 0
        guard declared <= limit else { throw .tooLarge }
        var gzip: GzipDecompressor?
        switch request.header("Content-Encoding")?.lowercased() {
        case nil, "", "identity": break
        case "gzip", "x-gzip": gzip = GzipDecompressor()
        default: throw .badEncoding
        }
        do {
            for try await chunk in request.body {
                wireBytes += chunk.readableBytes
                guard wireBytes <= limit else { throw Problem.tooLarge }
                if let gzip {
                    try decompress(chunk, gzip)
                } else {
                    guard allowance.covers(wireBytes) else { throw Problem.crowded }
                    append(chunk, declared: declared)
                }
            }
        } catch let error as Problem {
            drop()
            throw error
        } catch let error as GzipDecompressor.Problem {
            drop()
            throw error == .tooLarge ? .tooLarge : .badGzip
        } catch {
            drop()
            throw .incomplete
        }
        if let gzip, !gzip.isComplete, wireBytes > 0 { throw .badGzip }
    }

    private mutating func decompress(_ chunk: ByteBuffer, _ gzip: GzipDecompressor) throws {
        var isCrowded = false
        do throws(GzipDecompressor.Problem) {
            try gzip.decompress(chunk, into: &bytes) { [limit, allowance] size in
                isCrowded = !allowance.covers(size)
                return size <= limit && !isCrowded
            }
        } catch {
            if isCrowded { throw Problem.crowded }
            throw error
        }
    }

    /// Forgets what came of a body that is not taken.
    private mutating func drop() {
        bytes = ByteBuffer()
        release()
    }

    /// Appends a plain chunk: a body of one chunk is never copied, one of several once.
    private mutating func append(_ chunk: ByteBuffer, declared: Int) {
        guard wireBytes > chunk.readableBytes else {
            bytes = chunk
            if declared > wireBytes { bytes.reserveCapacity(min(declared, RequestBodyReader.reserved)) }
            return
        }
        bytes.writeImmutableBuffer(chunk)
    }
}

extension RequestBodyReader.Problem {
    /// What the sender is told.
    package var response: Response {
        switch self {
        case .tooLarge: .text(.payloadTooLarge, "the body is too large; send fewer records in a request")
        case .badEncoding: .text(.unsupportedMediaType, "the body must be plain or of Content-Encoding gzip")
        case .badGzip: .text(.badRequest, "the body is not whole, valid gzip")
        case .incomplete: .text(.badRequest, "the body broke off")
        case .crowded: .crowded
        }
    }
}
