package import SimTime

/// The range of a run, as a command line gives it.
package enum RunRange {
    /// The range that `--from` and `--duration` choose.
    ///
    /// - Parameters:
    ///   - from: `+6h` after the start, or an RFC 3339 time; nil for the start.
    ///   - duration: `10m`; nil for everything up to the end.
    ///   - span: The scenario's time.
    /// - Throws: `RunError` if it does not lie within the scenario's time.
    package static func parse(
        from: String?, duration: String?, in span: TimeWindow
    ) throws(RunError) -> TimeWindow {
        let limits = "the scenario's time, \(span.start.rfc3339) to \(span.end.rfc3339)"
        var begin = span.start
        if let from {
            if let offset = TimeSpan(parsing: from) {
                // Longer offsets lie outside too; this one is safe to add.
                begin = span.start + min(offset, span.length)
            } else if let instant = Instant(rfc3339: from) {
                begin = instant
            } else {
                throw RunError(
                    .input, "--from \(from): write an offset such as +6h, or a time such as 2026-03-02T14:00:00Z")
            }
        }
        guard span.start <= begin, begin < span.end else {
            throw RunError(.input, "--from \(from ?? "") lies outside \(limits)")
        }
        guard let duration else { return TimeWindow(start: begin, end: span.end) }
        guard let length = TimeSpan(parsing: duration), length > .zero else {
            throw RunError(.input, "--duration \(duration): write a duration such as 10m or 1h30m")
        }
        guard length <= span.end - begin else {
            throw RunError(.input, "--duration \(duration) goes beyond \(limits); give a shorter one")
        }
        return TimeWindow(start: begin, end: begin + length)
    }
}
