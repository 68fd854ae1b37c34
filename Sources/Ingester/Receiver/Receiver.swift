public import Truth
import HTTPService
import NIOCore
import Scoring
import Synchronization
import SystemFiles

/// The embedded ingester: an HTTP/1.1 server that takes log records, checks them and runs detections over them.
///
/// It takes NDJSON on every path and streamed envelopes on `/services/collector/event`, plain or gzip, and answers
/// `GET /health` and `GET /stats`; with a live score also `POST /alerts` and `GET /score`. Bodies are checked on the
/// concurrent pool, not on an event loop, so as many are checked at once as there are cores.
public final class Receiver: Sendable {
    private let configuration: ReceiverConfiguration
    private let state = Mutex(State())

    private struct State {
        var handler: RequestHandler?
        var server: HTTPServer?
        /// What a receiver that has stopped knows.
        var last = (stats: ReceiverStats(), alerts: [Alert]())
    }

    /// Makes a receiver that does not listen yet.
    public init(configuration: ReceiverConfiguration = ReceiverConfiguration()) {
        self.configuration = configuration
    }

    /// What has been taken so far; after `stop` what was taken in all.
    public var snapshot: ReceiverStats { state.withLock { $0.handler?.state.stats ?? $0.last.stats } }

    /// The alerts so far, in the order in which they became certain.
    public var alerts: [Alert] { state.withLock { $0.handler?.state.alerts ?? $0.last.alerts } }

    /// Creates the files, begins to listen, and gives the port.
    public func start() async throws(IngesterError) -> Int {
        let handler: RequestHandler
        do { handler = RequestHandler(configuration, try ReceiverState(configuration)) } catch {
            throw IngesterError(error.description)
        }
        let server = HTTPServer(limits: configuration.limits, counts: handler.state.connections) {
            await handler.respond(to: $0)
        }
        do {
            let port = try await server.start(host: configuration.host, port: configuration.port)
            state.withLock { state in
                state.handler = handler
                state.server = server
            }
            return port
        } catch {
            throw IngesterError(
                "cannot listen on \(configuration.host):\(configuration.port): \(reason(error)); "
                    + "choose another host or port")
        }
    }

    /// Answers the requests that have begun and takes no more, judges what the detections still wait with, and closes
    /// the files.
    ///
    /// A request that stays unfinished for `patience` is given up, and all are if the task is cancelled. Stopping twice does
    /// nothing.
    public func stop(patience: Duration = .seconds(5)) async throws(IngesterError) {
        let (handler, server) = state.withLock { state in (state.handler, state.server.take()) }
        guard let handler, let server else { return }
        await server.stop(patience: patience)
        defer {
            state.withLock { state in
                state.last = (handler.state.stats, handler.state.alerts)
                state.handler = nil
            }
        }
        do { try handler.state.close() } catch { throw IngesterError(error.description) }
    }

    /// What the system says, without the call that it says it of.
    private func reason(_ error: any Error) -> String {
        guard let error = error as? IOError else { return "\(error)" }
        return SystemError(code: error.errnoCode).description
    }
}
