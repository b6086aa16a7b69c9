namespace RnnGen.Samples.GuitarAmp.Tests;

internal static class SessionExtensions
{
    extension(Session)
    {
        public static Session Run(params string[] arguments) => Session.Of(Program.Run, arguments);
    }
}
