/// What is wrong with one field.
package struct FieldProblem: Error {
    package var message: String

    package init(_ message: String) {
        self.message = message
    }
}
