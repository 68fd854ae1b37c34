import ScenarioSpec
package import SimTime

extension World {
    /// Steps that divide a bucket, by the most nodes that have them.
    ///
    /// Small tailnets, in which little happens, have long ones; so have large ones, since what is known of a node is then
    /// brought near once for several of its windows.
    private static let steps: [(nodes: Int, length: TimeSpan)] = [
        (20, .minutes(5)), (100, .minutes(1)), (2_000, .seconds(15)),
    ]

    /// The shortest step in which the world's records are made; longer ones are multiples of it.
    package var shortestStep: TimeSpan {
        World.steps.first { plan.nodes.count <= $0.nodes }?.length ?? .seconds(30)
    }
}
