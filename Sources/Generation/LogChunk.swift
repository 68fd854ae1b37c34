public import SimTime

/// What both logs hold of one slice of time.
public struct LogChunk: Sendable {
    /// The slice, on `logged`.
    public var window: TimeWindow
    /// The logs that were asked for: first the configuration log, then the network log, which may come in several
    /// chunks, one behind the other.
    public var parts: [LogPart]

    /// Makes a slice.
    public init(window: TimeWindow, parts: [LogPart]) {
        self.window = window
        self.parts = parts
    }
}
