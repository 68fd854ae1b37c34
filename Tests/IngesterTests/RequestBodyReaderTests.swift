import Ingester
import SimTime
import TestSupport
import Testing

/// Compression and sizes of bodies.
@Suite("Request body reader", .timeLimit(.minutes(15))) struct RequestBodyReaderTests {
    private let body = lines((0..<500).map { flowRecord("n\($0 % 7)", Int64($0) * 5) })
    private let encoded = ["Content-Encoding: gzip"]

    @Test("Gzip is inflated") func gzipIsInflated() async throws {
        try await withReceiver { receiver, client in
            let packed = gzip(body)
            try await client.expect(200, "POST", "/", packed, headers: encoded)
            #expect(receiver.snapshot.network == 500)
            #expect(receiver.snapshot.wireBytes == packed.count)
            #expect(receiver.snapshot.bytes == body.count)
        }
    }

    @Test("Gzip may have many members in many chunks") func gzipMayHaveManyMembersInManyChunks() async throws {
        try await withReceiver { receiver, client in
            let half = body.count / 2
            let packed = gzip(Array(body[..<half])) + gzip(Array(body[half...])) + gzip([])
            try await client.expect(200, "POST", "/", packed, headers: encoded, isChunked: true)
            #expect(receiver.snapshot.network == 500)
            #expect(receiver.snapshot.malformed == 0)
        }
    }

    @Test("Broken gzip is refused") func brokenGzipIsRefused() async throws {
        try await withReceiver { receiver, client in
            let packed = gzip(body)
            var wrong = packed
            wrong[packed.count - 6] ^= 1  // the checksum
            for bytes in [Array(packed.dropLast(1)), wrong, Array(body.prefix(1_000)), packed + [1, 2, 3]] {
                try await client.expect(400, "POST", "/", bytes, headers: encoded)
            }
            #expect(receiver.snapshot.records == 0)
            #expect(receiver.snapshot.refusedRequests == 4)
        }
    }

    @Test("Other encodings are refused") func otherEncodingsAreRefused() async throws {
        try await withReceiver { receiver, client in
            try await client.expect(415, "POST", "/", body, headers: ["Content-Encoding: br"])
            try await client.expect(200, "POST", "/", body, headers: ["Content-Encoding: identity"])
        }
    }

    @Test("Bodies over the limit are refused whatever their form") func bodiesOverTheLimitAreRefusedWhateverTheirForm()
        async throws
    {
        try await withReceiver(ReceiverConfiguration(bodyLimit: body.count)) { receiver, client in
            let large = body + [0x20]
            try await client.expect(413, "POST", "/", large)
            try await client.expect(413, "POST", "/", large, isChunked: true)
            try await client.expect(413, "POST", "/", gzip(large), headers: encoded)
            #expect(receiver.snapshot.records == 0)
            try await client.expect(200, "POST", "/", body)
            try await client.expect(200, "POST", "/", gzip(body), headers: encoded)
            #expect(receiver.snapshot.network == 1_000)
            #expect(receiver.snapshot.refusedRequests == 3)
        }
    }
}
