using System.Runtime.InteropServices;

namespace RnnGen.Generator.Tests.Native;

/// <summary>The header and the loader are clean to compilers of C and C++.</summary>
public sealed class CompilerTests : IDisposable
{
    private static readonly string[] Networks =
    [
        "[Network(3)] [Lstm(5)] [Dense(2)]",
        "[Network(OneHot = 7)] [Gru(5)] [LastStep]",
        "[Network(3)] [Gru(5, Direction = Direction.Bidirectional)]",
        "[Network(3, Training = false)] [Dense(2)]",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rnngen-c-");

    public static TheoryData<string> Attributes => [.. Networks];

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableTheory]
    [MemberData(nameof(Attributes))]
    public void The_header_is_C_from_C89_on_and_Cpp(string attributes)
    {
        Tool.Require("gcc");
        NativeFiles.WriteTo(_folder.FullName, NativeFiles.Of(attributes));
        const string Use = "#include \"net.h\"\n#include \"net.h\"\nint main(void) { return net_destroy(NULL) == NET_OK; }\n";
        File.WriteAllText(Path.Combine(_folder.FullName, "use.c"), Use);

        foreach (string standard in new[] { "c89", "c99", "c11", "gnu89" })
            Tool.Run(_folder.FullName, "gcc", [.. Strict, "-pedantic", $"-std={standard}", "-c", "use.c"]);
        Tool.Require("g++");
        foreach (string standard in new[] { "c++98", "c++20" })
            Tool.Run(_folder.FullName, "g++", [.. Strict, "-pedantic", $"-std={standard}", "-x", "c++", "-c", "use.c", "-o", "use-cpp.o"]);
    }

    [SkippableTheory]
    [MemberData(nameof(Attributes))]
    public void The_loader_is_C99(string attributes)
    {
        Tool.Require("gcc");
        Skip.IfNot(RuntimeInformation.OSArchitecture == Architecture.X64, "the loader is for x86-64");
        NativeFiles.WriteTo(_folder.FullName, NativeFiles.Of(attributes));

        foreach (string optimization in new[] { "-O0", "-O2" })
            Tool.Run(_folder.FullName, "gcc", [.. Strict, "-pedantic", "-std=c99", optimization, "-fPIC", "-c", "net.loader.c"]);
    }

    private static string[] Strict => ["-Wall", "-Wextra", "-Werror", "-Wshadow"];
}
