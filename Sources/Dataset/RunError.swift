/// What ends a run, in one sentence for the user.
public struct RunError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Whose fault it is; decides the exit code.
    public enum Cause: Sendable, Hashable {
        /// What the user gave is invalid.
        case input
        /// Something around the run failed: a full disk, a receiver that is gone.
        case run
        /// Whoever reads standard output wants no more of it.
        case closedOutput
    }

    public let cause: Cause
    /// What is wrong, where, and what to do.
    public let description: String

    /// Makes an error.
    public init(_ cause: Cause, _ description: String) {
        self.cause = cause
        self.description = description
    }
}
