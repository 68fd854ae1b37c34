import ByteText
import TailnetModel

extension [UInt8] {
    /// Appends a text as a JSON string.
    mutating func appendJSONString(_ text: String) {
        appendText(atMost: JSONStringText.bound(text)) { $0.putJSONString(text) }
    }

    /// Appends a node object as flow records have it: what is empty is left out.
    mutating func appendFlowNode(_ node: FlowNode) {
        self += "{\"nodeId\":".utf8
        appendJSONString(node.nodeID)
        if !node.name.isEmpty {
            self += ",\"name\":".utf8
            appendJSONString(node.name)
        }
        appendStrings(",\"addresses\":", node.addresses)
        if !node.os.isEmpty {
            self += ",\"os\":".utf8
            appendJSONString(node.os)
        }
        if !node.user.isEmpty {
            self += ",\"user\":".utf8
            appendJSONString(node.user)
        }
        appendStrings(",\"tags\":", node.tags)
        append(UInt8(ascii: "}"))
    }

    /// Appends a key and an array of strings; nothing where the array is empty.
    mutating func appendStrings(_ key: String, _ values: [String]) {
        guard let first = values.first else { return }
        self += key.utf8
        append(UInt8(ascii: "["))
        appendJSONString(first)
        for value in values.dropFirst() {
            append(UInt8(ascii: ","))
            appendJSONString(value)
        }
        append(UInt8(ascii: "]"))
    }
}
