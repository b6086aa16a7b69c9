using RnnGen.Build;

namespace RnnGen.Aot.Tests.Build;

[Collection(AotCollection.Programs)]
public sealed class NativeFileTests
{
    [Fact]
    public void The_lines_come_back_as_they_were()
    {
        NativeFile file = NativeFile.Parse(["// rnngen-file: digits.h", "//| #define A 1", "//|", "//|   // b ", "//| "]);
        Assert.Equal(new NativeFile("digits.h", "#define A 1\n\n  // b \n\n"), file);
    }

    [Theory]
    [InlineData("line 1: expected '// rnngen-file: '")]
    [InlineData("line 1: expected '// rnngen-file: '", "// other")]
    [InlineData("line 1: '../digits.h' is not a file name", "// rnngen-file: ../digits.h")]
    [InlineData("line 1: 'C:digits.h' is not a file name", "// rnngen-file: C:digits.h")]
    [InlineData("line 1: '' is not a file name", "// rnngen-file: ")]
    [InlineData("line 2: expected '//| ' and a line of digits.h, got 'class C;'", "// rnngen-file: digits.h", "class C;")]
    public void Anything_else_is_refused(string message, params string[] lines) =>
        Assert.StartsWith(message, Assert.Throws<InvalidDataException>(() => NativeFile.Parse(lines)).Message, StringComparison.Ordinal);
}
