/// A node as one text of a record describes it.
struct NodeDescription {
    /// Index of the node among those of the table.
    var node: Int32
    /// The next description of the same node; -1 for the last one.
    var next: Int32
    var offset: Int
    var length: Int
    var ipv4: UInt32 = 0
    var ipv6High: UInt64 = 0
    var ipv6Low: UInt64 = 0
    var hasOS = false
    var hasUser = false
    var hasTags = false
    /// Whether all addresses are ones that the service gives to nodes.
    var hasGoodAddresses = true
}
