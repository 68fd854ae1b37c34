import Delivery
import NIOCore
import Replay
import SimTime
import Synchronization

/// Shows how far a demo is, by the simulated time that was delivered.
final class DemoProgress: Sendable {
    private let span: TimeWindow
    private let state: Mutex<(line: ProgressLine, reached: Instant)>

    /// Makes the progress of a demo over some simulated time.
    init(_ span: TimeWindow) {
        self.span = span
        // The first words come within a second: nobody should wonder whether it hangs.
        state = Mutex((ProgressLine(title: "demo", quiet: .milliseconds(600)), span.start))
    }

    /// Tells the replay to say how far it is.
    var watch: ReplayWatch {
        ReplayWatch(began: { _, _ in }, reached: { time in self.state.withLock { $0.reached = time } })
    }

    /// Shows the state.
    func show(_ account: Account) {
        state.withLock { state in
            state.line.update(
                done: (state.reached - span.start).nanoseconds / 1_000_000,
                of: span.length.nanoseconds / 1_000_000, detail: "\(counted(account.acknowledged, "record")) delivered")
        }
    }

    /// Leaves the line.
    func end() { state.withLock { $0.line.end() } }
}
