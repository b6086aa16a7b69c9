using RnnGen.Runtime;
using RnnGen.Samples.SpokenDigits;

namespace RnnGen.Latency.Tests;

public sealed class StepWorkTests
{
    [Fact]
    public void Every_matrix_counts() => Assert.Equal((4 * 64 * (20 + 64)) + (10 * 64), StepWork.Of<DigitRecognizer>().MultiplyAdds);

    [Fact]
    public void A_convolution_counts_all_taps() => Assert.Equal((4 * 3 * 3) + (2 * 4) + (2 * 2), StepWork.Of<ConvolvedRnn>().MultiplyAdds);

    [Fact]
    public void What_a_class_selects_costs_no_multiply_adds()
    {
        Assert.Equal((4 * 5 * 5) + (3 * 5), StepWork.Of<OneHotLstm>().MultiplyAdds);
        Assert.Equal(3 * 5 * (4 + 5), StepWork.Of<EmbeddedGru>().MultiplyAdds);
    }

    [Fact]
    public void All_packed_weights_are_read() =>
        Assert.Equal(PackedBytes<DigitRecognizer>(), StepWork.Of<DigitRecognizer>().WeightBytes);

    [Fact]
    public void One_column_is_read_of_what_a_class_selects()
    {
        AssertUnread<OneHotLstm>("lstm0.weight_ih", otherClasses: 6);
        AssertUnread<EmbeddedGru>("embedding0.weight", otherClasses: 6);
    }

    /// <summary>A word of 32 bits holds two weights or four; a matrix of 8 bits has a scale for each row beside. The network's input is multiplied by 16 bits.</summary>
    [Fact]
    public void Of_reduced_weights_the_copy_is_read()
    {
        const int Rows = 4 * 64, HeadRows = 16, Columns = 64, Biases = Rows + HeadRows, Scales = Rows + HeadRows;
        const int OfInput = Rows * 20, OfState = (Rows + HeadRows) * Columns;
        Assert.Equal(4 * (((OfInput + OfState) / 2) + Biases), StepWork.Of<HalfDigitRecognizer>().WeightBytes);
        Assert.Equal(4 * ((OfInput / 2) + (OfState / 4) + Scales + Biases), StepWork.Of<ByteDigitRecognizer>().WeightBytes);
        Assert.Equal(StepWork.Of<DigitRecognizer>().MultiplyAdds, StepWork.Of<ByteDigitRecognizer>().MultiplyAdds);
    }

    [Fact]
    public void What_a_state_begins_with_is_not_read() =>
        Assert.Equal(PackedBytes<ConvolvedRnn>() - (4 * 2), StepWork.Of<ConvolvedRnn>().WeightBytes);

    private static long PackedBytes<TNetwork>()
        where TNetwork : class, INetwork<TNetwork> => 4L * TNetwork.Layout.WeightsLength;

    private static void AssertUnread<TNetwork>(string name, int otherClasses)
        where TNetwork : class, INetwork<TNetwork>
    {
        ParameterLayout parameter = TNetwork.Layout.Parameters.Single(parameter => parameter.Name == name);
        int blocks = (int)Math.Ceiling((double)parameter.Units / parameter.BlockUnits);
        int columnBytes = 4 * parameter.Gates.Count * blocks * parameter.BlockUnits;
        Assert.Equal(PackedBytes<TNetwork>() - (otherClasses * columnBytes), StepWork.Of<TNetwork>().WeightBytes);
    }
}
