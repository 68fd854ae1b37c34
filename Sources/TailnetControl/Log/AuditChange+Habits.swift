import ByteText
public import KeyedRandom
public import SimTime
public import TailnetModel

// What explicit changes and the habits of people and programs leave alike.
extension AuditChange {
    /// A node is added: name, creation, then expiry or tags, login.
    ///
    /// Captured for a tagged node, documented for an owned one.
    public static func joining(_ node: Node, target: AuditTarget, keyDays: Int, at time: Instant) -> [AuditChange] {
        var name = target
        name.property = "MACHINE_NAME"
        var third = target
        var old = "\"\""
        let new: String
        if node.tags.isEmpty {
            third.property = "KEY_EXPIRY_TIME"
            old = AuditValues.never
            new = AuditValues.expiry(node.keyExpiryDisabled ? nil : time + .days(Int64(keyDays)))
        } else {
            third.property = "ACL_TAGS"
            new = node.tags.jsonList
        }
        return [
            AuditChange("UPDATE", name, old: "\"\"", new: node.hostName.jsonQuoted),
            AuditChange("CREATE", target),
            AuditChange("UPDATE", third, old: old, new: new),
            AuditChange("LOGIN", target),
        ]
    }

    /// A node is authenticated again: the new expiry, then the login.
    public static func renewing(_ target: AuditTarget, old: Instant?, new: Instant) -> [AuditChange] {
        var expiry = target
        expiry.property = "KEY_EXPIRY_TIME"
        return [
            AuditChange("UPDATE", expiry, old: AuditValues.expiry(old), new: AuditValues.quoted(new)),
            AuditChange("LOGIN", target),
        ]
    }

    /// An access token that an OAuth client mints, as captured.
    ///
    /// - Parameter key: The change's identity, which draws the token's ID.
    public static func token(ofScopes scopes: String, key: RandomKey) -> AuditChange {
        let id = StableID.text(.key, key.draw(5, below: StableID.largestNumber))
        return AuditChange(
            "CREATE", AuditTarget(id: id, name: "API access token", type: "OAUTH_ACCESS_TOKEN"),
            details: "scopes - " + scopes)
    }

    /// The record of a request that was refused.
    ///
    /// No genuine one was ever published: type, action and `error` follow the schema, the rest is unverified.
    public static func failedRequest(_ request: String, _ targets: AuditTargets) -> AuditChange {
        AuditChange("UPDATE", targets.tailnet(type: "FAILED_REQUEST"), details: request, error: "forbidden")
    }
}
