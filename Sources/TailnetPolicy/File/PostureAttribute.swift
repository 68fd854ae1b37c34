/// A posture attribute of a device: `node:os`, `custom:tier`, and its value.
public struct PostureAttribute: Hashable, Sendable {
    /// The name with its prefix.
    public var name: String
    /// The value.
    public var value: PostureValue

    /// Makes an attribute.
    public init(_ name: String, _ value: PostureValue) {
        self.name = name
        self.value = value
    }
}
