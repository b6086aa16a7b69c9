namespace RnnGen.Formats.Tests.Torch;

/// <summary>State dicts that are written: what PyTorch's modules do not compute is refused, and the rest has their names.</summary>
public sealed class TorchSafetensorsWriterTests
{
    [Fact]
    public void What_PyTorch_s_modules_do_not_compute_is_refused()
    {
        string[] refused = [.. LayerCases.Keys.Where(name =>
        {
            try
            {
                new TorchSafetensorsWriter().Write(LayerCases.Get(name), Stream.Null);
                return false;
            }
            catch (UnsupportedLayerException reason)
            {
                Assert.Contains("PyTorch's module has no ", reason.Message, StringComparison.Ordinal);
                return true;
            }
        }).Order(StringComparer.Ordinal)];
        Assert.Equal(
            [
                "Gru, activations", "Gru, clipped", "Gru, learned state, both directions", "Gru, normalised", "Gru, normalised, reset before", "Gru, reset before", "Gru, α and β",
                "Last step after dropout that others read", "Last step after the identity",
                "Lstm, activations", "Lstm, both directions, Average", "Lstm, both directions, Concat", "Lstm, both directions, Multiply", "Lstm, both directions, Sum",
                "Lstm, cell clip", "Lstm, coupled", "Lstm, learned state", "Lstm, normalised", "Lstm, peephole", "Lstm, reverse", "Lstm, α and β", "Rnn, clipped",
                "Rnn, learned state", "Rnn, normalised", "Rnn, reverse", "Rnn, α and β",
            ],
            refused);
    }

    [Theory]
    [InlineData(Merge.Concat, true)]
    [InlineData(Merge.Sum, false)]
    [InlineData(Merge.Average, false)]
    [InlineData(Merge.Multiply, false)]
    public void Directions_lie_side_by_side_in_PyTorch(Merge merge, bool isWritten)
    {
        ModelDescription model = RandomModel.Of(3, new GruAttribute(4) { Direction = Direction.Bidirectional, Merge = merge });
        using var file = new MemoryStream();
        if (isWritten)
        {
            new TorchSafetensorsWriter().Write(model, file);
            Assert.Contains("gru0.weight_hh_l0_reverse [12, 4]", SafetensorsFile.Read(file.ToArray()).Tensors.Select(tensor => tensor.ToString()));
        }
        else
        {
            Assert.Throws<UnsupportedLayerException>(() => new TorchSafetensorsWriter().Write(model, file));
        }
    }
}
