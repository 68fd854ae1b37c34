import ByteText
public import KeyedRandom
public import TailnetModel

/// What audit records name as changed.
public struct AuditTargets: Sendable {
    private let tailnet: Tailnet
    private let root: RandomKey

    /// Makes the targets of a tailnet.
    ///
    /// - Parameter root: The key of the run, which draws the IDs of what has none of its own.
    public init(tailnet: Tailnet, root: RandomKey) {
        self.tailnet = tailnet
        self.root = root
    }

    /// The tailnet itself, or one of its properties.
    public func tailnet(_ property: String? = nil, type: String = "TAILNET") -> AuditTarget {
        AuditTarget(id: tailnet.stableID, name: tailnet.organization, type: type, property: property)
    }

    /// A node under its present name.
    public func node(_ node: Node, _ property: String? = nil) -> AuditTarget {
        AuditTarget(
            id: node.stableID, name: node.name, type: "NODE", isEphemeral: node.isEphemeral, property: property)
    }

    /// A user's account.
    public func user(_ user: User, _ property: String? = nil) -> AuditTarget {
        AuditTarget(id: user.stableID, name: user.login, type: "USER", property: property)
    }

    /// An object that has no ID of its own: drawn by its type and name.
    public func object(
        _ type: String, _ kind: StableID.Kind, name: String, title: String, _ property: String? = nil
    ) -> AuditTarget {
        let number = root.key("object").key(type).key(name).draw(0, below: StableID.largestNumber)
        return AuditTarget(id: StableID.text(kind, number), name: title, type: type, property: property)
    }

    /// A credential by the name of its making.
    public func credential(_ name: String, _ kind: Credential) -> AuditTarget {
        let number = root.key("credential").key(name).draw(0, below: StableID.largestNumber)
        return AuditTarget(id: StableID.text(.key, number), name: kind.rawValue, type: "API_KEY")
    }

    /// A key of tailnet lock as records show it.
    ///
    /// Public keys of tailnet lock are 64 hexadecimal digits; that records show them is unverified.
    func lockKey(_ name: String) -> String {
        let key = root.key("lock key").key(name)
        let hex = (0..<4).map { part in
            let digits = String(key.draw(UInt64(part)), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        return JSONWriter.object { $0.member("key", "nlpub:" + hex.joined()) }
    }
}
