import LogFormats

/// What the values of a flow record must be like beyond its form.
enum FlowRule: String, CaseIterable {
    case unreadable = "the text is no flow record"
    case codec = "the decoder and encoder of records give other bytes"
    case emptyWindow = "a window does not end after it begins"
    case loggedEarly = "a record is logged before its window ends"
    case windowOverlap = "a window overlaps another one of the same node"
    case windowStarts = "two windows of one node begin less than a millisecond apart"
    case loggedOrder = "a record is logged before the one that stands in front of it"
    case identifier = "a node's ID is not in the form that the service makes"
    case nodeAddress = "a node's address lies outside the ranges that the service gives to nodes"
    case nodeOrder = "'dstNodes' is not ordered by node ID, or names a node twice"
    case reporterAmongNodes = "the reporting node stands in 'dstNodes'"
    case entryOrder = "entries are not ordered, or two have the same endpoints and protocol"
    case unnamedNode = "an entry has a tailnet address that no node of the record has"
    case uselessNode = "'dstNodes' has a node that no entry names"
    case classOfEntry = "an entry stands in another class than its addresses call for"
    case protocolPresence = "the class of an entry calls for a protocol, or forbids it"
    case endpointPresence = "the class of an entry calls for an endpoint that is absent"
    case port = "a port does not go with the entry's protocol or class"
    case packetSize = "an entry has bytes without packets, or too few bytes for its packets"
    case datagramSize = "physical bytes are no sum of WireGuard datagrams"
    case underlay = "physical traffic goes to a tailnet address or to no port"
    case exitAnonymity = "exit traffic without protocol shows a port or an address outside the tailnet"
    case sizeCap = "a record is larger than the client's limit of 256 KiB"
    case noEntries = "a record has no entry"
}

extension FlowRule {
    /// What the decoder finds as well: it is counted once, under the rule's name.
    static let covered: Set<RecordDeviation.Kind> = [
        .windowOrder, .protocolPresence, .endpointPresence, .port, .entryOrder, .duplicateEntry, .nodeOrder,
        .duplicateNode, .reporterAmongNodes,
    ]
}
