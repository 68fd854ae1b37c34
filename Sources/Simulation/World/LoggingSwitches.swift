import ScenarioSpec
import SimTime
import TailnetControl

/// The tailnet's switches of flow logging, without a look into the past where they never change.
struct LoggingSwitches {
    private let control: ControlState
    private let changes: Bool
    private let isAlwaysOn: Bool
    private let alwaysLogsExits: Bool

    init(_ control: ControlState) {
        self.control = control
        changes = control.states(of: .flowLogging).count > 1 || control.states(of: .exitFlowLogging).count > 1
        isAlwaysOn = control.isFlowLoggingOn(at: .distantPast)
        alwaysLogsExits = control.logsExitFlows(at: .distantPast)
    }

    /// Whether nodes write flow logs from one instant to another.
    @inline(__always)
    func isOn(from start: Instant, to end: Instant) -> Bool {
        changes ? control.isFlowLoggingOn(at: start) && control.isFlowLoggingOn(at: end) : isAlwaysOn
    }

    /// Whether a window that begins at an instant keeps the destinations of exit traffic.
    @inline(__always)
    func logsExits(at start: Instant) -> Bool { changes ? control.logsExitFlows(at: start) : alwaysLogsExits }
}
