/// The URL of a destination, taken apart as far as all kinds have it in common.
package struct DestinationURL: Sendable, Hashable {
    /// The scheme in lower case, such as `splunk+https`.
    package let scheme: String
    /// What stands behind the scheme and its colon; it may hold a password.
    package let rest: String
}
