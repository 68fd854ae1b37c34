/// The kinds of destination that there are, by the schemes of their URLs.
package struct SinkRegistry: Sendable {
    /// The kinds, in the order in which texts list them.
    package let sinks: [any Sink.Type]

    /// The kinds that the program knows.
    package static let standard = SinkRegistry([
        FileSink.self,
        NDJSONSink.self,
        SplunkSink.self,
    ])

    /// Makes a registry.
    package init(_ sinks: [any Sink.Type]) {
        self.sinks = sinks
    }

    /// All schemes.
    var schemes: [String] { sinks.flatMap { $0.schemes } }

    /// The kind that a scheme leads to.
    func sink(_ scheme: String) -> (any Sink.Type)? {
        sinks.first { $0.schemes.contains(scheme) }
    }
}
