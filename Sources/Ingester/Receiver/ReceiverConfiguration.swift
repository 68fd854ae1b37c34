public import Detections
package import HTTPService
public import LiveScore
import SystemFiles

/// Where a receiver listens, what it asks of its senders, and what it keeps.
public struct ReceiverConfiguration: Sendable {
    /// The name or address to listen on.
    public var host: String
    /// 0 lets the system pick one.
    public var port: Int
    /// What senders must bring as `Bearer`, `Splunk` or the password of `Basic`; nil asks for nothing.
    public var token: String?
    /// The largest body, compressed and decompressed; collectors of this kind take about as much.
    public var bodyLimit: Int
    /// The most bytes of all bodies that are received and checked at once, as they came or decompressed.
    public var bodyBudget: Int
    /// What the receiver bears of slow and many clients.
    package var limits = ServerLimits()
    /// The folder for `configuration.ndjson` and `network.ndjson`, which must not exist yet; nil keeps no records.
    public var folder: String?
    /// The file for alerts, which must not exist yet.
    public var alertFile: String?
    /// The detections that look at what arrives.
    public var detections: [Detection]
    /// What takes alerts at `/alerts` and answers at `/score`; the detections' own alerts go there too.
    public var live: RunningScore?
    /// Whether records are taken, beside alerts.
    public var takesRecords: Bool

    /// How many files beside connections the process may need.
    private static let otherFiles = 64

    /// Makes a configuration: loopback, a port of the system's choice, no token, nothing kept.
    public init(
        host: String = "127.0.0.1", port: Int = 0, token: String? = nil, bodyLimit: Int = 64 << 20,
        bodyBudget: Int = 256 << 20, folder: String? = nil, alertFile: String? = nil,
        detections: [Detection] = Detection.own,
        live: RunningScore? = nil, takesRecords: Bool = true
    ) {
        self.host = host
        self.port = port
        self.token = token
        self.bodyLimit = bodyLimit
        self.bodyBudget = bodyBudget
        self.folder = folder
        self.alertFile = alertFile
        self.detections = detections
        self.live = live
        self.takesRecords = takesRecords
        if let files = CurrentProcess.openFileLimit {
            limits.connections = min(limits.connections, max(1, files - ReceiverConfiguration.otherFiles))
        }
    }
}
