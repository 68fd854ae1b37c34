/// The four traffic arrays of a record, in wire order.
public enum TrafficClass: UInt8, Sendable, Hashable, CaseIterable, BitwiseCopyable {
    case virtual = 0
    case subnet = 1
    case exit = 2
    case physical = 3

    /// The name of the array on the wire.
    public var key: String {
        switch self {
        case .virtual: "virtualTraffic"
        case .subnet: "subnetTraffic"
        case .exit: "exitTraffic"
        case .physical: "physicalTraffic"
        }
    }
}
