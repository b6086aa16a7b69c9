namespace RnnGen.Samples.Audio.Tests;

public sealed class MuLawTests
{
    [Theory]
    [InlineData(0x00, -32124)] // the loudest code of G.711, in 16 bits
    [InlineData(0x80, 32124)]
    [InlineData(0x7F, 0)]
    [InlineData(0xFF, 0)]
    [InlineData(0xFE, 8)] // the smallest step
    [InlineData(0x7E, -8)]
    [InlineData(0xF0, 120)] // the end of the first segment …
    [InlineData(0xEF, 132)] // … and the start of the second, with steps twice as wide
    [InlineData(0xEE, 148)]
    [InlineData(0x8F, 16764)]
    public void Codes_decode_as_in_G711(byte code, short expected) => Assert.Equal(expected, MuLaw.Decode(code));

    [Fact]
    public void The_sign_bit_mirrors_every_code()
    {
        for (int code = 0; code < 128; code++)
            Assert.Equal(-MuLaw.Decode((byte)code), MuLaw.Decode((byte)(code | 0x80)));
    }

    [Fact]
    public void Louder_codes_are_smaller_numbers()
    {
        for (int code = 0x81; code <= 0xFF; code++)
            Assert.True(MuLaw.Decode((byte)code) < MuLaw.Decode((byte)(code - 1)), $"code {code}");
    }
}
