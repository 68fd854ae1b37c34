/// A kind of destination: what its requests look like and what its answers mean.
///
/// A sink is a value that describes; its carrier does the work. To add a destination, write a sink in a folder of its
/// own and add its type to `SinkRegistry.standard`.
package protocol Sink: Sendable, CustomStringConvertible {
    /// The URL schemes that lead to this kind, in lower case.
    static var schemes: [String] { get }

    /// Reads a URL with one of the schemes.
    ///
    /// - Throws: what is wrong with it, in one sentence that shows no secret.
    init(_ url: DestinationURL) throws(DeliveryError)

    /// The destination for people, without its secrets.
    var description: String { get }

    /// The encoding that the records of a batch must have.
    var recordForm: RecordForm { get }

    /// The most that a batch for this destination may hold.
    var limit: BatchLimit { get }

    /// Where the output lies while it is not complete, for destinations on this machine.
    var unfinishedOutput: String? { get }

    /// The requests that carry a batch, in the order in which they go out; most destinations want one.
    func requests(for batch: Batch) -> [OutgoingRequest]

    /// What an answer to a request means for the records that it carried.
    func judge(_ answer: HTTPAnswer, of batch: Batch) -> BatchVerdict

    /// Opens the destination.
    func open(_ options: ShipperOptions) throws(DeliveryError) -> any Carrier
}

extension Sink {
    package var recordForm: RecordForm { .records }

    package var limit: BatchLimit { BatchLimit() }

    package var unfinishedOutput: String? { nil }

    /// By the status alone: any 2xx is success, a busy or failing receiver is tried again, and the rest is refused.
    package func judge(_ answer: HTTPAnswer, of batch: Batch) -> BatchVerdict {
        switch answer.status {
        case 200..<300: .all(.acknowledged)
        // 408: the receiver closed a connection on which it waited too long.
        case 408, 429, 500...: .all(.again)
        default: .all(.refused)
        }
    }
}
