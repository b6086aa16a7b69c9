using CsCheck;
using RnnGen.Runtime;

namespace RnnGen.Tests.Memory;

public sealed class PackingTests
{
    private static readonly Gen<ParameterLayout> AnyLayout =
        from units in Gen.Int[1, 40]
        from columns in Gen.Int[1, 9]
        from block in Gen.OneOf(1, 3, 4, 8, 16)
        from order in Gen.OneOf<int[]>([0], [1, 0], [2, 0, 1], [0, 1, 2, 3], [3, 1, 0, 2])
        from start in Gen.Int[0, 50]
        select At(start, order, units, columns, block);

    [Fact]
    public void What_is_set_lies_where_the_formula_says() => AnyLayout.Sample(layout =>
    {
        (Parameter parameter, NetworkMemory memory) = Alone(layout);
        float[] values = TestLayouts.Numbers(layout.Count);
        parameter.Set(values);

        var packed = memory.PackedWeights.ToArray();
        int at = 0;
        for (int gate = 0; gate < layout.Gates.Count; gate++)
        {
            for (int unit = 0; unit < layout.Units; unit++)
            {
                for (int column = 0; column < layout.Columns; column++)
                {
                    GateLayout place = layout.Gates[gate];
                    int index = place.Offset + unit / layout.BlockUnits * place.BlockStride + column * place.ColumnStride + unit % layout.BlockUnits;
                    Assert.Equal(values[at++], packed[index]);
                    packed[index] = 0;
                }
            }
        }

        // Nothing else was written: the padding is still zero.
        Assert.All(packed, value => Assert.Equal(0, value));
    });

    [Fact]
    public void What_is_set_comes_back() => AnyLayout.Sample(layout =>
    {
        (Parameter parameter, _) = Alone(layout);
        float[] values = TestLayouts.Numbers(layout.Count);
        parameter.Set(values);
        Assert.Equal(values, parameter.ToArray());
        var copy = new float[layout.Count];
        parameter.CopyTo(copy);
        Assert.Equal(values, copy);
    });

    [Fact]
    public void Parameters_do_not_touch_each_other()
    {
        using var memory = new NetworkMemory(TestLayouts.Network());
        for (int i = 0; i < memory.Parameters.Count; i++)
        {
            memory.Parameters[i].Set(TestLayouts.Numbers(memory.Parameters[i].Count, first: 1000 * i + 1));
        }

        for (int i = 0; i < memory.Parameters.Count; i++)
        {
            Assert.Equal(TestLayouts.Numbers(memory.Parameters[i].Count, first: 1000 * i + 1), memory.Parameters[i].ToArray());
        }

        Assert.Equal(memory.Parameters.Sum(parameter => parameter.Count), memory.PackedWeights.ToArray().Count(value => value != 0));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void A_wrong_length_is_refused_and_changes_nothing(int surplus)
    {
        using var memory = new NetworkMemory(TestLayouts.Network());
        Parameter parameter = memory.Parameters["cell0.weight"];
        var values = new float[parameter.Count + surplus];
        Array.Fill(values, 1);

        var set = Assert.Throws<ArgumentException>("source", () => parameter.Set(values));
        Assert.StartsWith($"source: expected 45 values (cell0.weight), got {values.Length}", set.Message);
        Assert.Throws<ArgumentException>("destination", () => parameter.CopyTo(values));
        Assert.All(parameter.ToArray(), value => Assert.Equal(0, value));
    }

    private static ParameterLayout At(int start, int[] order, int units, int columns, int block) =>
        TestLayouts.Parameter("p", order, units, columns, block, ref start);

    private static (Parameter Parameter, NetworkMemory Memory) Alone(ParameterLayout layout)
    {
        var network = new NetworkLayout("Alone", 1, 1, false, OutputActivation.Identity, [layout], [], 20_000, 0, 0);
        var memory = new NetworkMemory(network);
        return (memory.Parameters[0], memory);
    }
}
