/// Something in a record that can be understood, and that the service would not have written so.
public struct RecordDeviation: Hashable, Sendable, CustomStringConvertible {
    /// The ways in which records deviate; the raw value says it in words.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case unknownKey = "no record has this key"
        case keyOrder = "a key stands behind one that it should precede"
        case duplicateKey = "a key stands twice"
        case missingKey = "a key is missing that this channel always has"
        case foreignKey = "a key stands here that this channel does not have"
        case blank = "there is white space between tokens"
        case null = "a value is null that should be left out"
        case emptyValue = "a value is written although it is empty, false or zero"
        case timestampForm = "a timestamp is not in UTC with a trimmed fraction"
        case timeForm = "the envelope's time is not a number of seconds with at most three decimals, trimmed"
        case timeValue = "the envelope's time is not the middle of the record's window"
        case windowOrder = "a window ends before it begins"
        case protocolName = "a protocol is a text and not a number"
        case protocolPresence = "the class of the entry calls for a protocol, or forbids it"
        case endpointForm = "an endpoint is not an address and port in their shortest form"
        case endpointPresence = "the class of the entry calls for this endpoint"
        case port = "the entry's protocol or class does not go with this port"
        case emptyEntry = "an entry counts nothing"
        case entryOrder = "an entry precedes the one before it"
        case duplicateEntry = "two entries of one array have the same endpoints and protocol"
        case nodeOrder = "a node precedes the one before it"
        case duplicateNode = "a node stands twice in 'dstNodes'"
        case reporterAmongNodes = "the reporting node stands in 'dstNodes'"
        case reporterIdentity = "'srcNode' is not the reporting node"
        case userAndTags = "a node has both 'user' and 'tags'"
        case addressList = "a node's addresses are not at most one IPv4 address and then one IPv6 address"
        case tagOrder = "tags are not sorted, or one stands twice"
        case recordType = "'type' is not 'CONFIG'"
        case nodeOnly = "the actor or target is no node, and has what only nodes have"
        case bytes = "the text differs from what the service writes for the same values"
    }

    public var kind: Kind
    /// Offset of the byte at which it shows.
    public var offset: Int

    /// Makes a deviation.
    public init(_ kind: Kind, at offset: Int) {
        self.kind = kind
        self.offset = offset
    }

    /// The deviation in the form `byte 17: a key stands twice`.
    public var description: String { "byte \(offset): \(kind.rawValue)" }
}
