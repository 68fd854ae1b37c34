/// A count with its noun: `1 rule`, `2 rules`.
///
/// - Parameter many: The plural where it is not the singular with an s.
func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(count) \(count == 1 ? one : many ?? one + "s")"
}
