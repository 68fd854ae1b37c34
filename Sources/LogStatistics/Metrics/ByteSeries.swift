/// Bytes over time in steps of equal length; the steps grow when there would be too many.
struct ByteSeries {
    private(set) var stepNanoseconds: Int64 = 5_000_000_000
    private var first: Int64?
    private(set) var steps: [Double] = []
    private static let most = 1 << 20

    /// Adds bytes at an instant, in nanoseconds since 1970; what comes before the first step is left out.
    @inline(__always)
    mutating func add(_ bytes: UInt64, at nanoseconds: Int64) {
        let begin: Int64
        if let first {
            begin = first
        } else {
            begin = nanoseconds - nanoseconds % stepNanoseconds
            first = begin
        }
        guard nanoseconds >= begin else { return }
        let index = UInt64(bitPattern: nanoseconds &- begin) / UInt64(stepNanoseconds)
        guard index < ByteSeries.most else { return grow(bytes, at: nanoseconds) }
        while steps.count <= index { steps.append(0) }
        steps[Int(index)] += Double(bytes)
    }

    private mutating func grow(_ bytes: UInt64, at nanoseconds: Int64) {
        steps = stride(from: 0, to: steps.count, by: 2).map { steps[$0] + ($0 + 1 < steps.count ? steps[$0 + 1] : 0) }
        stepNanoseconds *= 2
        add(bytes, at: nanoseconds)
    }

    /// The series without its unfinished ends: late records still add to the last minutes.
    var settled: [Double] { Array(steps.dropFirst(12).dropLast(24)) }
}
