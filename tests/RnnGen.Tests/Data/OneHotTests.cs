namespace RnnGen.Tests.Data;

public sealed class OneHotTests
{
    [Fact]
    public void Symbols_become_rows_with_a_single_one() =>
        Assert.Equal([0, 0, 1, 1, 0, 0, 0, 1, 0], OneHot.Encode([2, 0, 1], size: 3));

    [Fact]
    public void No_symbols_are_no_rows() => Assert.Empty(OneHot.Encode([], size: 3));

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void A_symbol_out_of_range_is_named_by_its_step(int symbol)
    {
        ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(() => OneHot.Encode([0, symbol], size: 3));
        Assert.Contains($"0 to 2 at step 1, got {symbol}", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_must_be_positive() => Assert.Throws<ArgumentOutOfRangeException>(() => OneHot.Encode([0], size: 0));
}
