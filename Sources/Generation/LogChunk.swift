public import SimTime

/// What both logs hold of one range of time.
public struct LogChunk: Sendable {
    /// The range, on `logged`.
    public var window: TimeWindow
    /// The logs that were asked for: first the configuration log, then the network log, which may come in several
    /// chunks, one behind the other.
    public var parts: [LogPart]

    /// Makes a chunk.
    public init(window: TimeWindow, parts: [LogPart]) {
        self.window = window
        self.parts = parts
    }
}
