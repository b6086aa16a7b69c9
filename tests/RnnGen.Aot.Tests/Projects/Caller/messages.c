/* Prints the texts of Messages.cs; with an argument, also the one that needs a culture. */
#include <stdio.h>

extern int messages(int number, char *text, int capacity);

int main(int argc, char **argv)
{
    char text[512];
    int number;
    (void)argv;
    for (number = 0; number < 2 + argc; number++) {
        int status = messages(number, text, sizeof text);
        printf("%d %s\n", status, text);
    }
    return 0;
}
