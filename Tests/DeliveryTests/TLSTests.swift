#if TLS
import Delivery
import Foundation
import NIOCore
import NIOSSL
import Testing

/// The handshake of https, with a server in this process.
@Suite(
    "Deliveries over TLS", .enabled(if: ServerCertificate.tool != nil, "openssl is not installed"),
    .timeLimit(.minutes(15)))
struct TLSTests {
    @Test("A trusted certificate: every record arrives", arguments: ["localhost", "127.0.0.1"])
    func trustedCertificate(_ host: String) async throws {
        let certificate = try ServerCertificate()
        let server = try await certificate.startServer()
        var options = ShipperOptions(connections: 2, retry: quickRetry(attempts: 3))
        options.trustedCertificates = certificate.certificatePath
        let shipper = try Shipper(to: Destination(parsing: "https://\(host):\(server.port)/in"), options: options)
        for sequence in 0..<4 { await shipper.submit(sampleBatch(sequence)) }
        let account = try await shipper.finish()
        try await server.stop()
        #expect(account.acknowledged == 40 && account.lost == 0)
        #expect(account.failures == [])
        #expect(Set(server.requests.map(\.text)) == Set((0..<4).map { String(buffer: sampleBatch($0).bytes) }))
    }

    @Test("A certificate that nobody vouches for is refused: no record is sent, and all are given up")
    func untrustedCertificate() async throws {
        let server = try await ServerCertificate().startServer()
        let shipper = try Shipper(
            to: Destination(parsing: "https://127.0.0.1:\(server.port)/"),
            options: ShipperOptions(retry: quickRetry(attempts: 3)))
        await shipper.submit(sampleBatch(0))
        let account = try await shipper.finish()
        let connections = server.connections
        try await server.stop()
        #expect(account.givenUp == 10 && account.acknowledged == 0 && account.inFlight == 0)
        #expect(account.possibleDuplicates == 0 && account.wireBytes == 0)
        let reason = "does not speak TLS as https asks for, or its certificate is not trusted"
        #expect(account.failures.map(\.description) == ["127.0.0.1:\(server.port) \(reason) (3 times)"])
        #expect(connections == 3 && server.requests.isEmpty)
    }

    @Test("A certificate of another name is refused") func certificateOfAnotherName() async throws {
        let certificate = try ServerCertificate(names: "DNS:elsewhere.example")
        let server = try await certificate.startServer()
        var options = ShipperOptions(retry: quickRetry(attempts: 1))
        options.trustedCertificates = certificate.certificatePath
        let shipper = try Shipper(to: Destination(parsing: "https://localhost:\(server.port)/"), options: options)
        await shipper.submit(sampleBatch(0))
        let account = try await shipper.finish()
        try await server.stop()
        #expect(account.givenUp == 10 && server.requests.isEmpty)
        #expect(account.failures.map(\.kind) == ["TLS handshake"])
    }

    @Test("Certificates that cannot be read are an error before anything is sent")
    func unreadableCertificates() throws {
        var options = ShipperOptions()
        options.trustedCertificates = "/nowhere/certificates.pem"
        let error = #expect(throws: DeliveryError.self) {
            try Shipper(to: Destination(parsing: "https://localhost:1/"), options: options)
        }
        #expect(error?.code == .cannotOpen)
    }
}

/// A certificate that signs itself, made by `openssl`, and its key; both are gone when the test is.
private final class ServerCertificate {
    /// Where `openssl` is; nil where it is not installed.
    static let tool = ["/usr/bin/openssl", "/usr/local/bin/openssl", "/opt/homebrew/bin/openssl"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    private let folder: URL
    var certificatePath: String { folder.appending(path: "certificate.pem").path }
    private var keyPath: String { folder.appending(path: "key.pem").path }

    init(names: String = "DNS:localhost,IP:127.0.0.1") throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = URL(filePath: try #require(ServerCertificate.tool))
        process.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=mocktail test", "-addext", "subjectAltName=\(names)", "-keyout", keyPath, "-out",
            certificatePath,
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "openssl makes no certificate")
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Starts a server that shows the certificate and takes every request.
    func startServer() async throws -> TestServer {
        let context = try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: try NIOSSLCertificate.fromPEMFile(certificatePath).map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: keyPath, format: .pem))))
        return try await TestServer(
            prepare: { try $0.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context)) },
            reply: { _, _ in .status(200) })
    }
}
#endif
