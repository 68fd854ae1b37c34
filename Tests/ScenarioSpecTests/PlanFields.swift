import IncidentCatalog
import SimTime
import TailnetModel

/// The fields of a value and of everything in it, found by reflection.
///
/// A field is named by its type: `Node.hostName`, also where it is that of the third node. A name that ends in `#`
/// stands for form: the count of a list, the case of an enumeration, whether an optional value is there.
enum PlanFields {
    /// The names of all fields that a value reaches.
    static func names(of value: Any) -> Set<String> { names(of: value, "") }

    /// The fields that differ; where the form does, what comes or goes with it is not looked at.
    static func differences(_ left: Any, _ right: Any) -> Set<String> { differences(left, right, "") }

    private static func names(of value: Any, _ field: String) -> Set<String> {
        let part = Part(value, field)
        var found: Set<String> = part.text == nil ? [] : [part.isForm ? field + "#" : field]
        for child in part.children { found.formUnion(names(of: child.value, child.field)) }
        return found
    }

    private static func differences(_ left: Any, _ right: Any, _ field: String) -> Set<String> {
        let parts = [Part(left, field), Part(right, field)]
        guard parts[0].text == parts[1].text else { return [parts[0].isForm ? field + "#" : field] }
        return zip(parts[0].children, parts[1].children).reduce(into: []) {
            $0.formUnion(differences($1.0.value, $1.1.value, $1.0.field))
        }
    }

    /// One level of a value.
    private struct Part {
        /// The text of a plain value, or of a form; nil for a value that is only the sum of its fields.
        var text: String?
        var isForm = false
        var children: [(field: String, value: Any)] = []

        init(_ value: Any, _ field: String) {
            let mirror = Mirror(reflecting: value)
            if mirror.displayStyle != .optional {
                // Values that are one field although they have parts.
                switch value {
                case let kind as IncidentKind: text = kind.name
                case is Instant, is TimeSpan, is TimeZoneRule, is IPAddress, is IPPrefix: text = "\(value)"
                default: break
                }
            }
            if text == nil { read(mirror, value, field) }
        }

        private mutating func read(_ mirror: Mirror, _ value: Any, _ field: String) {
            let type = "\(type(of: value))"
            switch mirror.displayStyle {
            case .struct: children = mirror.children.map { ("\(type).\($0.label ?? "")", $0.value) }
            case .tuple: children = mirror.children.map { ("\(field).\($0.label ?? "")", $0.value) }
            case .optional, .collection:
                isForm = true
                text = "\(mirror.children.count)"
                children = mirror.children.map { (field, $0.value) }
            case .enum:
                isForm = true
                let name = mirror.children.first?.label ?? "\(value)"
                text = name
                children = mirror.children.map { ("\(type).\(name)", $0.value) }
            default: text = "\(value)"
            }
        }
    }
}
