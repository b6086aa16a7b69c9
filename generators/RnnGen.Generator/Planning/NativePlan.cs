namespace RnnGen.Generator.Planning;

/// <summary>A network as C sees it. Entry points, header and loader are printed from this one list of functions.</summary>
/// <param name="Prefix">What names begin with, also the type of a network's handle.</param>
/// <param name="Macro">What macros begin with: the prefix in capitals.</param>
/// <param name="Summary">What the network is, a line each.</param>
/// <param name="Constants">Sizes, as macros.</param>
/// <param name="Codes">What functions return.</param>
/// <param name="Functions">In the order of the header.</param>
internal sealed record NativePlan(
    string Prefix, string Macro, IReadOnlyList<string> Summary, IReadOnlyList<NativeConstant> Constants, IReadOnlyList<NativeCode> Codes,
    IReadOnlyList<NativeFunction> Functions);

/// <summary>A size as a macro.</summary>
internal sealed record NativeConstant(string Name, int Value, string Summary);

/// <summary>A code: the runtime's <c>NativeStatus</c> has the same numbers.</summary>
/// <param name="Member">Its name in <c>NativeStatus</c>.</param>
/// <param name="Name">Its name in C, without the prefix.</param>
/// <param name="Value">Its number.</param>
/// <param name="Summary">What it says.</param>
internal sealed record NativeCode(string Member, string Name, int Value, string Summary);

/// <summary>A function that C calls.</summary>
/// <param name="Name">In C, the prefix included.</param>
/// <param name="Member">What it is without the prefix, in C.</param>
/// <param name="Method">The entry point's name in C#.</param>
/// <param name="ReturnsCode">Whether it returns a code; the others return a <c>size_t</c>.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Body">What the entry point is: an expression of its parameters.</param>
/// <param name="Summary">What it does, a line each.</param>
/// <param name="Codes">The codes, without the prefix, that it returns beside that of success and those that any function may.</param>
internal sealed record NativeFunction(
    string Name, string Member, string Method, bool ReturnsCode, IReadOnlyList<NativeParameter> Parameters, string Body, IReadOnlyList<string> Summary,
    IReadOnlyList<string> Codes)
{
    /// <summary>What it returns, if that is no code and needs to be said.</summary>
    public string? Returns { get; init; }

    /// <summary>The parameter that receives a new network; null where there is none.</summary>
    public NativeParameter? Created => Parameters.FirstOrDefault(parameter => parameter.Type.EndsWith("**", StringComparison.Ordinal));
}

/// <summary>A function's parameter.</summary>
/// <param name="Type">Its type in C: <c>const float *</c>.</param>
/// <param name="Name">Its name in C: <c>input_length</c>.</param>
/// <param name="Summary">What it is.</param>
internal sealed record NativeParameter(string Type, string Name, string Summary)
{
    /// <summary>Its type in C#, where addresses are numbers.</summary>
    public string ManagedType => Type.EndsWith("*", StringComparison.Ordinal) ? "nint" : Type == "size_t" ? "nuint" : Type;

    /// <summary>Its name in C#: <c>inputLength</c>.</summary>
    public string ManagedName => string.Concat(Name.Split('_').Select((word, index) => index == 0 ? word : Ir.Names.Pascal(word)));
}
