/// The functions of the C library's mathematics that figures need; nothing that is generated does.
package enum Mathematics {
    /// e to the power of a value.
    package static func exp(_ value: Double) -> Double { SystemCalls.exponential(value) }
    /// The natural logarithm.
    package static func log(_ value: Double) -> Double { SystemCalls.logarithm(value) }
    /// The logarithm to the base of 2.
    package static func log2(_ value: Double) -> Double { SystemCalls.binaryLogarithm(value) }
}
