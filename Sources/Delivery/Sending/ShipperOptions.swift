package import ByteText
import NIOCore

/// How a shipper sends.
public struct ShipperOptions: Sendable {
    /// How many connections to an HTTP receiver are kept open; each has one request under way.
    public var connections: Int
    /// How many batches may wait for a connection before `submit` waits too.
    public var queuedBatches: Int
    /// How bodies are compressed.
    public var compression: BodyCompression
    /// When to send again and when to stop.
    public var retry: RetryPolicy
    /// How long a receiver may take for one request.
    public var requestTimeout: Duration
    /// A file of certificates (PEM) that are trusted instead of the system's; nil trusts the system's.
    package var trustedCertificates: String?
    /// Hides the secrets of all destinations of the run in what is said of failures.
    package var mask = SecretMask()

    /// Makes options.
    public init(
        connections: Int = 4, queuedBatches: Int = 8, compression: BodyCompression = .none,
        retry: RetryPolicy = .init(),
        requestTimeout: Duration = .seconds(30)
    ) {
        self.connections = connections
        self.queuedBatches = queuedBatches
        self.compression = compression
        self.retry = retry
        self.requestTimeout = requestTimeout
    }
}
