using RnnGen.Runtime;

namespace RnnGen.Tests.Memory;

/// <summary>Hand-made layouts: packed as a planner would, with odd sizes.</summary>
internal static class TestLayouts
{
    /// <summary>One parameter: blocks of units, within them column by column, within a column gate by gate in a given order.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="order">The place of each canonical gate within a column.</param>
    /// <param name="units">Units a gate.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="block">Units a block.</param>
    /// <param name="end">In: where it starts; out: where the next may start.</param>
    /// <param name="vector">Whether its canonical shape has one dimension.</param>
    /// <param name="bound">The bound of initial values.</param>
    public static ParameterLayout Parameter(string name, int[] order, int units, int columns, int block, ref int end, bool vector = false, float bound = 0.5f)
    {
        int start = end;
        int gates = order.Length;
        int blockStride = columns * gates * block;
        end += (units + block - 1) / block * blockStride;
        int[] shape = vector ? [gates * units] : [gates * units, columns];
        return new ParameterLayout(
            name, shape, units, columns, block, [.. order.Select(place => new GateLayout(start + place * block, blockStride, gates * block))], bound);
    }

    /// <summary>A network of three parameters and two states, none of whose sizes fills its vectors.</summary>
    public static NetworkLayout Network(int block = 8, float bound = 0.5f)
    {
        int end = 0;
        ParameterLayout[] parameters =
        [
            Parameter("cell0.weight", [2, 0, 1], units: 5, columns: 3, block, ref end, bound: bound),
            Parameter("cell0.bias", [0, 1, 2], units: 5, columns: 1, block, ref end, vector: true, bound: bound),
            Parameter("head1.weight", [0], units: 2, columns: 5, block, ref end, bound: bound),
        ];
        StateLayout[] states = [new("cell0.h", 5, Offset: 16, 0, 0), new("cell0.c", 3, Offset: 0, 0, 0)];
        return new NetworkLayout("Handmade", 3, 2, false, OutputActivation.Identity, parameters, states, end, StateLength: 32, ScratchLength: 7);
    }

    /// <summary>1, 2, 3, ... for a parameter.</summary>
    public static float[] Numbers(int count, float first = 1) => [.. Enumerable.Range(0, count).Select(i => first + i)];
}
