package import LogFormats

/// Why a body is no row of envelopes.
package struct EnvelopeProblem: Error {
    /// Which envelope, counted from 0.
    package var number: Int
    package var error: RecordError
}
