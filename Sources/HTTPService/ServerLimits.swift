/// What a server bears of its clients.
package struct ServerLimits: Sendable {
    /// How many connections may be open at once; further ones are answered 503 and closed.
    package var connections: Int
    /// How long a request's head may take to come, and the first byte of a connection.
    package var headTime: Duration
    /// How long a body may bring less than `leastBytes`, and an answer may wait for its reader.
    package var bodyTime: Duration
    /// The fewest bytes of an unfinished body in each `bodyTime`.
    package var leastBytes: Int
    /// How long a connection may be open between two requests.
    package var idleTime: Duration
    /// The most bytes of a head, and of the line with a chunk's size.
    package var headBytes: Int
    /// The most bytes of a refused body that are read, to keep its connection.
    package var skippedBytes: Int

    /// Makes limits.
    package init(
        connections: Int = 10_000, headTime: Duration = .seconds(10), bodyTime: Duration = .seconds(30),
        leastBytes: Int = 16 << 10, idleTime: Duration = .seconds(120), headBytes: Int = 64 << 10,
        skippedBytes: Int = 64 << 20
    ) {
        self.connections = connections
        self.headTime = headTime
        self.bodyTime = bodyTime
        self.leastBytes = leastBytes
        self.idleTime = idleTime
        self.headBytes = headBytes
        self.skippedBytes = skippedBytes
    }
}
