namespace RnnGen;

/// <summary>
/// Gives a network functions that C can call. Published with NativeAOT as a library (<c>PublishAot</c>), the project exports them, and their header is written
/// beside the library: <c>[NativeExport("digits")]</c> makes <c>digits_create_from_file</c>, <c>digits_step</c> and so on, and <c>digits.h</c>; the library has
/// the name of the assembly. It is the project of the network that must be published: NativeAOT exports no functions of projects that it references (RNN206).
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NativeExportAttribute : Attribute
{
    /// <summary>Functions with a prefix.</summary>
    /// <param name="prefix">What their names begin with, and the header's name: a C identifier. No other network of the assembly has it.</param>
    public NativeExportAttribute(string prefix) => Prefix = prefix;

    /// <summary>What the names of the functions begin with, and the header's name.</summary>
    public string Prefix { get; }
}
