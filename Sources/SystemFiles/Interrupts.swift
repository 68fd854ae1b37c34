/// Hears the signals by which a process is asked to end: SIGINT, SIGTERM and SIGHUP.
///
/// A thread of its own listens, so that they are heard however busy the other threads are.
package enum Interrupts {
    /// Begins to listen, for the rest of the process's life.
    ///
    /// - Parameter hear: is called on the thread that listens, with the number of a signal, or with nil once the time that
    ///   it gave before has passed. Gives for how long to wait at most for the next signal; nil waits without end.
    package static func listen(_ hear: @escaping @Sendable (Int32?) -> Duration?) {
        guard let pipe = SystemCalls.watchSignals() else { return }
        SystemCalls.startThread {
            var wait: Duration?
            while true {
                let byte = SystemCalls.readByte(of: pipe, milliseconds: wait.map(milliseconds) ?? -1)
                wait = hear(byte.map { Int32($0) })
            }
        }
    }

    private static func milliseconds(_ duration: Duration) -> Int32 {
        let (seconds, attoseconds) = duration.components
        return Int32(
            clamping: max(0, seconds.multipliedReportingOverflow(by: 1_000).partialValue)
                + attoseconds / 1_000_000_000_000_000 + 1)
    }
}
